const root = new URL('..', document.currentScript.src)
const commit = document.querySelector('.stamp')?.textContent ?? ''
const raw = document.querySelector('.page-foot dd a[href$=".md"]')?.getAttribute('href') ?? ''
let users = {}
/** By the button that shows it. */
const lists = new Map()
let loading = null

// What the script with the data calls; see users-files.ts.
window.docsfyUsers = (given) => {
  users = given
}

/** Loads where everything on this page is used, once; what cannot be loaded is not known. */
function load() {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = new URL(`users/${raw.replace(/\.md$/, '.js')}?${commit}`, root).href
    for (const type of ['load', 'error']) script.addEventListener(type, resolve)
    document.head.append(script)
  })
  return loading
}

/** The places by folder, as short as citations are. */
function listOf(places) {
  const list = document.createElement('ul')
  list.className = 'all-users'
  const folders = Map.groupBy(places, ([path]) => path.slice(0, path.lastIndexOf('/') + 1))
  for (const [folder, inside] of folders) {
    const item = document.createElement('li')
    item.append(folder, ...inside.flatMap((place) => [' ', linkOf(place, folder)]))
    list.append(item)
  }
  return list
}

function linkOf([path, start, end, href], folder) {
  const link = document.createElement(href ? 'a' : 'span')
  link.className = 'cite'
  if (href) link.href = href
  if (/^https?:/.test(href)) link.rel = 'noreferrer'
  link.textContent = `${path.slice(folder.length)}:${start === end ? start : `${start}–${end}`}`
  return link
}

/** Shows and hides the places; the button is text again where they are not known. */
async function toggle(button) {
  await load()
  const paragraph = button.closest('p')
  const places = users[headingBefore(paragraph)?.id]
  if (!places) return button.replaceWith(button.textContent)
  if (!lists.has(button)) {
    const list = listOf(places)
    list.hidden = true
    paragraph.after(list)
    lists.set(button, list)
  }
  const list = lists.get(button)
  list.hidden = !list.hidden
  button.setAttribute('aria-expanded', String(!list.hidden))
}

function headingBefore(paragraph) {
  for (let before = paragraph.previousElementSibling; before; before = before.previousElementSibling)
    if (before.matches('.heading')) return before.firstElementChild
  return null
}

document.addEventListener('docsfy-users', ({ detail }) => toggle(detail))
