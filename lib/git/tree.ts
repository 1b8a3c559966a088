import { DocsfyError } from '#lib/errors.ts'

const OID_BYTES = 20
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type TreeItemKind = 'folder' | 'file' | 'executable' | 'symlink' | 'submodule'

export interface TreeItem {
  name: string
  kind: TreeItemKind
  oid: string
}

/** The items of one tree object, in its order. Throws `repository_unavailable` for what Git itself forbids. */
export function* parseTree(data: Buffer): Generator<TreeItem> {
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(0x20, at)
    const zero = data.indexOf(0, space)
    const end = zero + 1 + OID_BYTES
    if (space < 0 || zero < 0 || end > data.length) throw malformed('a torn folder listing')
    const kind = kindOf(data.toString('latin1', at, space))
    if (!kind) throw malformed('an entry of unknown kind')
    const name = nameOf(data.subarray(space + 1, zero))
    if (name === '' || name === '.' || name === '..' || name.includes('/')) throw malformed('a forbidden file name')
    yield { name, kind, oid: data.toString('hex', zero + 1, end) }
    at = end
  }
}

function kindOf(mode: string): TreeItemKind | null {
  if (mode === '40000' || mode === '040000') return 'folder'
  if (mode === '100755') return 'executable'
  if (mode.startsWith('100')) return 'file'
  if (mode === '120000') return 'symlink'
  return mode === '160000' ? 'submodule' : null
}

/** Names are bytes to Git. Those that are not UTF-8 stay distinct by showing the bytes above ASCII as `\xNN`. */
function nameOf(bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('')
  }
}

function malformed(what: string): DocsfyError {
  return new DocsfyError('repository_unavailable', `The repository is damaged: its commit contains ${what}`)
}
