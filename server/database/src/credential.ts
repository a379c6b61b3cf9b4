/** What a caller shows to say who it is. `from` is where it comes from (an address); failed attempts are counted by it. */
export type Credential = TokenCredential | PasswordCredential;

export type TokenCredential = { readonly kind: 'token'; readonly token: string; readonly from?: string };
export type PasswordCredential = {
  readonly kind: 'password';
  readonly user: string;
  readonly password: string;
  readonly from?: string;
};
