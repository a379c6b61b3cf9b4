import type { AerolithDatabase, DatabaseOptions } from '@aerolithdb/client';

/** The database of a folder in this process. Throws what `open` of the embedded library throws. */
export async function openFolder(
  folder: string,
  options: DatabaseOptions,
): Promise<AerolithDatabase & { readonly folder: string }> {
  const { open } = await import('@aerolithdb/embedded');
  return await open(folder, options);
}
