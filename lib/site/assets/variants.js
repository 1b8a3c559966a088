/** Address of the site. */
const root = new URL('..', document.currentScript.src)

function describe({ branch, provider, model, commit, generated, href, is_current: isCurrent }) {
  const link = document.createElement('a')
  link.href = href
  if (isCurrent) link.setAttribute('aria-current', 'true')
  const name = document.createElement('b')
  name.textContent = branch
  const facts = document.createElement('span')
  const day = generated ? new Date(generated).toLocaleDateString(undefined, { dateStyle: 'medium' }) : ''
  facts.textContent = [`${provider} / ${model}`, commit?.slice(0, 7), day].filter(Boolean).join(' · ')
  link.append(name, facts)
  return link
}

async function fill(menu) {
  try {
    const page = decodeURIComponent(location.pathname.slice(root.pathname.length)) || 'index.html'
    const response = await fetch(new URL(`variants.json?page=${encodeURIComponent(page)}`, root))
    const { variants } = await response.json()
    menu.replaceChildren(...variants.map(describe))
    if (variants.length < 2) menu.append('This is the only version here.')
  } catch {
    menu.textContent = 'The versions could not be loaded.'
  }
}

const stamp = document.querySelector('.stamp')
const menu = document.createElement('nav')
menu.className = 'variants'
menu.id = 'docsfy.variants'
menu.popover = 'auto'
menu.setAttribute('aria-label', 'Versions')
menu.textContent = 'Loading the versions …'
const button = document.createElement('button')
button.type = 'button'
button.className = 'bar-button variant-button'
button.title = stamp.title
button.setAttribute('popovertarget', menu.id)
button.setAttribute('aria-label', 'Version: choose another one')
stamp.replaceWith(button, menu)
button.append(stamp)
// A link cannot stand in a button.
stamp.replaceChildren(stamp.textContent)
menu.addEventListener('toggle', ({ newState }) => newState === 'open' && fill(menu))
