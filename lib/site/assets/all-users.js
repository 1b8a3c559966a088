const root = new URL('..', document.currentScript.src)
const MORE = /(?<= and )[\d,]+ other files?(?=\.)/
const commit = document.querySelector('.stamp')?.textContent ?? ''
const raw = document.querySelector('.page-foot dd a[href$=".md"]')?.getAttribute('href') ?? ''
let users = {}
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

/** Makes the number of files that are not named a button that shows all of them; it stays text where they are not known. */
function addList(paragraph, text) {
  const heading = headingBefore(paragraph)
  const found = MORE.exec(text.data)
  if (!heading || !found) return
  const number = text.splitText(found.index)
  number.splitText(found[0].length)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'more-users'
  button.textContent = number.data
  button.setAttribute('aria-expanded', 'false')
  number.replaceWith(button)
  let list = null
  button.addEventListener('click', async () => {
    await load()
    const places = users[heading.id]
    if (!places) return button.replaceWith(number)
    if (!list) {
      list = listOf(places)
      list.hidden = true
      paragraph.after(list)
    }
    list.hidden = !list.hidden
    button.setAttribute('aria-expanded', String(!list.hidden))
  })
}

function headingBefore(paragraph) {
  for (let before = paragraph.previousElementSibling; before; before = before.previousElementSibling)
    if (before.matches('.heading')) return before.firstElementChild
  return null
}

for (const paragraph of document.querySelectorAll('.prose > p'))
  for (const node of [...paragraph.childNodes])
    if (node.nodeType === Node.TEXT_NODE && MORE.test(node.data)) addList(paragraph, node)
