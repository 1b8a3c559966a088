import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

const FILE = '100644'
const FOLDER = '40000'
export const LINK = '120000'
export const SUBMODULE = '160000'

export interface TreeEntry {
  name: string | Buffer
  id: string
  mode?: string
}

/** A bare repository whose objects are written byte by byte, so that it may hold what git refuses to make. */
export interface RawRepository {
  path: string
  blob(content: string | Buffer): string
  /** Entries stay in the order given. */
  tree(entries: TreeEntry[]): string
  object(kind: string, content: Buffer): string
  /** Makes this tree the only commit of `main`. */
  commit(tree: string, text?: string): string
  /** Writes HEAD's branch as it is given. */
  point(branch: string, id: string): void
}

export function createRaw(path: string): RawRepository {
  execFileSync('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path])
  function object(kind: string, content: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content])
    const id = createHash('sha1').update(whole).digest('hex')
    const folder = join(path, 'objects', id.slice(0, 2))
    const file = join(folder, id.slice(2))
    if (existsSync(file)) return id
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, deflateSync(whole, { level: 1 }))
    return id
  }
  const repository: RawRepository = {
    path,
    object,
    blob: (content) => object('blob', Buffer.from(content)),
    tree: (entries) => object('tree', Buffer.concat(entries.map(bytesOf))),
    commit(tree, text = 'Hostile') {
      const person = 'Eve <eve@example.test> 1767323045 +0000'
      const id = object('commit', Buffer.from(`tree ${tree}\nauthor ${person}\ncommitter ${person}\n\n${text}\n`))
      repository.point('main', id)
      return id
    },
    point(branch, id) {
      mkdirSync(join(path, 'refs', 'heads'), { recursive: true })
      writeFileSync(join(path, 'refs', 'heads', branch), `${id}\n`)
    },
  }
  return repository
}

/** Entry of a folder. */
export function folder(name: string | Buffer, id: string): TreeEntry {
  return { name, id, mode: FOLDER }
}

function bytesOf({ name, id, mode = FILE }: TreeEntry): Buffer {
  return Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), Buffer.from(id, 'hex')])
}
