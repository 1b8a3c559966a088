const own = document.querySelector('script[src*="assets/site.js"]').src
const loads = new Map()

/** Address of a file of the site, given its path; scripts load from disk too, where fetch does not. */
export function siteUrl(path) {
  return new URL(path, own.replace(/assets\/site\.js.*$/, '')).href
}

/** Loads a script of the site once. Rejects, and may be asked again, when it cannot be loaded. */
export function loadScript(path) {
  if (!loads.has(path)) {
    const { promise, resolve, reject } = Promise.withResolvers()
    const script = document.createElement('script')
    script.src = siteUrl(path)
    script.addEventListener('load', resolve)
    script.addEventListener('error', () => {
      loads.delete(path)
      script.remove()
      reject(new Error(`${path} could not be loaded`))
    })
    document.head.append(script)
    loads.set(path, promise)
  }
  return loads.get(path)
}

/** An asset of this version of the site. */
export function loadAsset(name) {
  return loadScript(`assets/${name}${new URL(own).search}`)
}
