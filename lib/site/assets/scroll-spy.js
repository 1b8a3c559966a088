const links = [...document.querySelectorAll('.toc a')]
const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))

/** Marks the last heading above the upper third of the window; at the end of the page, the last one. */
function markPlace() {
  const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2
  const above = places.findLastIndex((place) => place && place.getBoundingClientRect().top < innerHeight / 3)
  const current = end && scrollY > 0 ? places.length - 1 : above
  for (const [index, link] of links.entries()) {
    if (index === current) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
  if (links[current]) keepInSight(links[current])
}

/** Moves a contents list that is longer than the window along with its reader, never the page. */
function keepInSight(link) {
  const list = link.closest('.toc')
  const above = link.offsetTop - list.scrollTop
  const margin = 3 * link.offsetHeight
  if (above < margin) list.scrollTop = link.offsetTop - margin
  else if (above > list.clientHeight - 2 * margin) list.scrollTop = link.offsetTop - list.clientHeight + 2 * margin
}

if (links.length) {
  let waiting = false
  addEventListener(
    'scroll',
    () => {
      if (waiting) return
      waiting = true
      requestAnimationFrame(() => {
        waiting = false
        markPlace()
      })
    },
    { passive: true },
  )
  markPlace()
}
