const root = new URL('..', document.currentScript.src)
const receipts = new Map()
const signatures = new Map()
const loaded = new Map()

// What the scripts with the data call; see receipts.ts and signatures.ts.
window.docsfyReceipt = (file, receipt) => receipts.set(file, receipt)
window.docsfySignatures = (file, entries) => signatures.set(file, entries)

function load(path) {
  if (!loaded.has(path)) {
    const { promise, resolve } = Promise.withResolvers()
    const script = document.createElement('script')
    // The commit in the bar: a newer site never shows lines of an older one.
    script.src = new URL(`${path}?${document.querySelector('.stamp')?.textContent ?? ''}`, root).href
    script.addEventListener('load', resolve)
    script.addEventListener('error', () => {
      // What could not be loaded is asked for again by the next card.
      loaded.delete(path)
      script.remove()
      resolve()
    })
    document.head.append(script)
    loaded.set(path, promise)
  }
  return loaded.get(path)
}

/** Path inside the site and fragment of a link. */
function placeOf(link) {
  const url = new URL(link.href)
  return { path: url.pathname.slice(root.pathname.length), id: decodeURIComponent(url.hash.slice(1)) }
}

/** The lines a citation names: `{ path, commit, forge, start, end, lines, rest }`; null when they are not there. */
export async function receiptOf(link) {
  const { path, id } = placeOf(link)
  const [, start, end = start] = /^L(\d+)(?:-L(\d+))?$/.exec(id)?.map(Number) ?? []
  if (!start || !path.startsWith('source/')) return null
  const last = Number.isNaN(end) ? start : end
  await load(`${path.replace(/^source\//, 'receipts/')}.js`)
  const receipt = receipts.get(decodeURIComponent(path))
  const part = receipt?.parts.find(([from, lines]) => from <= start && start < from + lines.length)
  if (!part) return null
  const lines = part[1].slice(start - part[0], last - part[0] + 1)
  return { ...receipt, start, end: last, lines, rest: last - start + 1 - lines.length, hash: `#${id}` }
}

/** `[markup, summary]` of the name a link leads to; null when its page says nothing about it. */
export async function signatureOf(link) {
  const { path, id } = placeOf(link)
  const file = path.replace(/\.html$/, '')
  await load(`signatures/${file}.js`)
  return signatures.get(decodeURIComponent(file))?.[id] ?? null
}
