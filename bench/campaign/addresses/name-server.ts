import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

const TYPE_A = 1
const TYPE_AAAA = 28
const HEADER_BYTES = 12

/** What a name resolves to, by how often it was asked before (per record type). */
export type Zone = Record<string, (asked: number) => string[]>

/** A name server for IPv4 and IPv6 addresses on 127.0.0.1:53. Names that are not in the zone do not exist. */
export async function serveNames(zone: Zone): Promise<() => Promise<void>> {
  const asked = new Map<string, number>()
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query)
    const key = `${name} ${type}`
    const times = asked.get(key) ?? 0
    asked.set(key, times + 1)
    const all = zone[name]?.(times)
    const fitting = (all ?? []).filter((address) => isIPv6(address) === (type === TYPE_AAAA))
    socket.send(answerTo(query.subarray(0, end), { type, addresses: fitting, exists: all !== undefined }), from.port)
  })
  await new Promise<void>((resolve) => socket.bind(53, '127.0.0.1', resolve))
  return () => new Promise((resolve) => socket.close(() => resolve()))
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + size))
    at += 1 + size
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

interface Answer {
  type: number
  addresses: string[]
  exists: boolean
}

/** The time to live is zero: whoever resolves twice asks twice. */
function answerTo(question: Buffer, { type, addresses, exists }: Answer): Buffer {
  const head = Buffer.from(question)
  head.writeUInt16BE(exists ? 0x8580 : 0x8583, 2)
  head.writeUInt16BE(addresses.length, 6)
  head.writeUInt16BE(0, 8)
  head.writeUInt16BE(0, 10)
  const records = addresses.map((address) => {
    const data = type === TYPE_A ? Buffer.from(address.split('.').map(Number)) : bytesOfIpv6(address)
    const record = Buffer.alloc(12)
    record.writeUInt16BE(0xc00c, 0)
    record.writeUInt16BE(type, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt16BE(data.length, 10)
    return Buffer.concat([record, data])
  })
  return Buffer.concat([head, ...records])
}

function bytesOfIpv6(address: string): Buffer {
  const [left = '', right] = address.split('::')
  const groups = (text: string) => (text ? text.split(':') : [])
  const missing = 8 - groups(left).length - groups(right ?? '').length
  const all = [...groups(left), ...Array<string>(right === undefined ? 0 : missing).fill('0'), ...groups(right ?? '')]
  return Buffer.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]))
}
