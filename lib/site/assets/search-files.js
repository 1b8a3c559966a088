const root = new URL('..', document.currentScript.src)
const waiting = new Map()
const arrived = new Map()

/** Every file of the index hands over what it holds by this name; as scripts they load from disk and under the policy. */
window.docsfySearch = (name, content) => waiting.get(name)?.(content)

/** What a file of the index holds: asked for once, kept for as long as the page is open. */
export function indexFile(name) {
  let file = arrived.get(name)
  if (!file) {
    file = loadFile(name)
    arrived.set(name, file)
    // What could not be loaded may be asked for again.
    file.catch(() => arrived.delete(name))
  }
  return file
}

/** Address of a file of the site. */
export function addressOf(file, id) {
  const address = new URL(`${encodeURIComponent(file)}.html`, root).href
  return id ? `${address}#${encodeURIComponent(id)}` : address
}

function loadFile(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    const done = (settle) => (value) => {
      script.remove()
      waiting.delete(name)
      settle(value)
    }
    waiting.set(name, done(resolve))
    script.addEventListener('error', done(reject))
    script.src = new URL(`search/${name}.js`, root).href
    document.head.append(script)
  })
}
