/** Above this length the native serializer is faster than a look at each unit. */
const SHORT = 64;

/**
 * A string as JSON: only what must be escaped is (RFC 8785, section 3.2.2.2), so the same string always gives the same text.
 * The string must be well formed.
 */
export function quoteText(text: string): string {
  return text.length <= SHORT && isPlain(text) ? `"${text}"` : JSON.stringify(text);
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return false;
  }
  return true;
}
