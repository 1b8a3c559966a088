// Stands in 404.html itself: hosts show that page at addresses of any depth, where a file beside it could not be found.
let up = 0
const folders = location.pathname.split('/').length - 2
const outward = /^(?:[#/]|[a-z]+:)/

/** What is missing here may be in the folder above, up to the root of the host. */
addEventListener(
  'error',
  ({ target }) => {
    if (!target.matches?.('link[rel=stylesheet]') || up >= folders) return
    up += 1
    const next = target.cloneNode()
    next.setAttribute('href', `../${target.getAttribute('href')}`)
    next.addEventListener('load', found)
    target.replaceWith(next)
  },
  true,
)

/** Everything else is where the style was. */
function found() {
  if (document.readyState === 'loading') return addEventListener('DOMContentLoaded', found)
  for (const name of ['href', 'src'])
    for (const element of document.querySelectorAll(`[${name}]:not([rel=stylesheet])`)) lead(element, name)
}

function lead(element, name) {
  const address = element.getAttribute(name)
  if (outward.test(address)) return
  // A script that was not found is not asked for again by another address: it needs an element of its own.
  const led = element.localName === 'script' ? document.createElement('script') : element
  led.setAttribute(name, '../'.repeat(up) + address)
  if (led !== element) element.replaceWith(led)
}
