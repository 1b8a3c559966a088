import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** How a server misbehaves. */
export interface Misbehaviour {
  name: string
  fast?: boolean
  /** Lines of `ls-refs`, without their length; default: HEAD and main at a commit that does not matter. */
  refs?: () => string[]
  /** What is sent as a pack. */
  pack?: () => Buffer
  /** Answers instead of everything else; true: it has. */
  answer?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export const CLAIMED = '5'.repeat(40)
const MAX_PACKET = 65_000
const FLUSH = Buffer.from('0000')
const SECOND = [
  'version 2\n',
  'agent=hostile/1\n',
  'ls-refs=unborn\n',
  'fetch=shallow filter\n',
  'object-format=sha1\n',
]

interface Speaking {
  one: Misbehaviour
  request: IncomingMessage
  response: ServerResponse
  asked: string | null
}

export interface HostileServer {
  url: string
  close(): Promise<void>
}

/** A Git server on loopback that speaks protocol 2 and lies; `/<n>/…` is the n-th misbehaviour. */
export async function startHostileServer(all: Misbehaviour[]): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const one = all[Number(request.url?.split('/')[1])]
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      if (!one || one.answer?.(request, response)) return
      speak({
        one,
        response,
        request,
        asked: request.method === 'GET' ? null : Buffer.concat(chunks).toString('latin1'),
      })
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** `asked` is the body of a request, null for the first one. Our own engine fetches with version 0 of the protocol. */
function speak({ one, response, request, asked }: Speaking): void {
  const kind = asked === null ? 'advertisement' : 'result'
  response.setHeader('content-type', `application/x-git-upload-pack-${kind}`)
  const refs = one.refs?.() ?? [`${CLAIMED} HEAD symref-target:refs/heads/main\n`, `${CLAIMED} refs/heads/main\n`]
  const isSecond = request.headers['git-protocol'] === 'version=2'
  const service = [packet('# service=git-upload-pack\n'), FLUSH]
  if (asked === null)
    response.end(Buffer.concat([...service, ...(isSecond ? SECOND : first(refs)).map((line) => packet(line)), FLUSH]))
  else if (asked.includes('command=ls-refs')) response.end(Buffer.concat([...refs.map((line) => packet(line)), FLUSH]))
  else
    response.end(
      Buffer.concat([packet(isSecond ? 'packfile\n' : 'NAK\n'), ...inBand(one.pack?.() ?? Buffer.from('PACK')), FLUSH]),
    )
}

/** The list of refs as version 0 has it. */
function first(refs: string[]): string[] {
  const plain = refs.map((line) => `${line.replace(/ symref-target:.*/s, '').trimEnd()}`)
  const abilities = 'side-band-64k shallow ofs-delta multi_ack_detailed no-done symref=HEAD:refs/heads/main'
  return plain.map((line, n) => (n === 0 ? `${line}\0${abilities}\n` : `${line}\n`))
}

function packet(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes])
}

function inBand(pack: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 0; at < pack.length; at += MAX_PACKET)
    parts.push(packet(Buffer.concat([Buffer.from([1]), pack.subarray(at, at + MAX_PACKET)])))
  return parts
}
