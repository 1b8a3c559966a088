const own = document.querySelector('script[src*="assets/site.js"]').src
const version = new URL(own).search
const loads = new Map()

/** Address of a file of the site, given its path; scripts load from disk too, where fetch does not. */
function siteUrl(path) {
  return new URL(path, own.replace(/assets\/site\.js.*$/, '')).href
}

/** Adds to the page what is loaded, once. Rejects, and may be asked again, when it cannot be loaded. */
function load(path, tag, attributes) {
  if (!loads.has(path)) {
    const { promise, resolve, reject } = Promise.withResolvers()
    const element = Object.assign(document.createElement(tag), attributes)
    element.addEventListener('load', resolve)
    element.addEventListener('error', () => {
      loads.delete(path)
      element.remove()
      reject(new Error(`${path} could not be loaded`))
    })
    document.head.append(element)
    loads.set(path, promise)
  }
  return loads.get(path)
}

/** Loads a script of the site once. Rejects, and may be asked again, when it cannot be loaded. */
export async function loadScript(path) {
  await load(path, 'script', { src: siteUrl(path) })
}

/** Asks for a script that another one will load, so that they come side by side. */
export function preloadScript(path) {
  load(`${path} ahead`, 'link', { rel: 'preload', as: 'script', href: siteUrl(path) }).catch(() => undefined)
}

/** Loads a script of this version of the site. */
export async function loadOwn(name) {
  await loadScript(`assets/${name}${version}`)
}

/** What lies over a page once somebody asks for it: its script, and how all of them look, without which it works, too. */
export async function loadDialog(name) {
  const href = siteUrl(`assets/dialogs.css${version}`)
  await Promise.all([loadOwn(name), load(href, 'link', { rel: 'stylesheet', href }).catch(() => undefined)])
}
