// Whether a name that somebody gave is one of a folder, not of a file.
import { statSync } from 'node:fs';

/** A folder that is there, or, as its last character says, one that is to be made. Never throws. */
export function isFolder(name: string): boolean {
  if (/[/\\]$/.test(name)) return true;
  try {
    return statSync(name).isDirectory();
  } catch {
    return false; // not there, or it cannot be looked at, which whoever opens it is told
  }
}
