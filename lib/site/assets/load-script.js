const own = document.querySelector('script[src*="assets/site.js"]').src
const loads = new Map()

/** Address of a file of the site, given its path; scripts load from disk too, where fetch does not. */
function siteUrl(path) {
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

/** Asks for a script that another one will load, so that they come side by side. */
export function preloadScript(path) {
  if (loads.has(path)) return
  const link = document.createElement('link')
  link.rel = 'preload'
  link.as = 'script'
  link.href = siteUrl(path)
  document.head.append(link)
  loads.set(path, link)
}

/** Loads a script of this version of the site. */
export async function loadOwn(name) {
  await loadScript(`assets/${name}${new URL(own).search}`)
}

/** What lies over a page once somebody asks for it: its script, and how all of them look. */
export async function loadDialog(name) {
  await Promise.all([loadOwn(name), loadStyle(`assets/dialogs.css${new URL(own).search}`)])
}

/** A page reads on without it: what a host does not have is not waited for. */
function loadStyle(path) {
  if (!loads.has(path)) {
    const { promise, resolve } = Promise.withResolvers()
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = siteUrl(path)
    for (const type of ['load', 'error']) link.addEventListener(type, resolve)
    document.head.append(link)
    loads.set(path, promise)
  }
  return loads.get(path)
}
