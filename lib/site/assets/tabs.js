const TAB_KEYS = { ArrowLeft: -1, ArrowRight: 1 }
const tabGroups = [...document.querySelectorAll('.tabs')].map(makeTabs)

/** Turns parts that stand one below the other into tabs; the chosen name is chosen in every group that has it. */
function makeTabs(box, number) {
  const panels = [...box.children]
  const list = document.createElement('div')
  list.className = 'tab-list'
  list.setAttribute('role', 'tablist')
  const tabs = panels.map((panel, index) => {
    const name = panel.querySelector('.tab-name')
    const tab = document.createElement('button')
    tab.type = 'button'
    tab.id = `docsfy.tab-${number}-${index}`
    tab.textContent = name.textContent
    tab.setAttribute('role', 'tab')
    panel.id = `docsfy.panel-${number}-${index}`
    tab.setAttribute('aria-controls', panel.id)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tab.id)
    tab.addEventListener('click', () => chooseEverywhere(tab.textContent, index))
    // Chromium opens what a search in the page, or an address, finds inside.
    panel.addEventListener('beforematch', () => show(index))
    return tab
  })
  function show(index) {
    for (const [place, tab] of tabs.entries()) {
      const isShown = place === index
      tab.setAttribute('aria-selected', String(isShown))
      tab.tabIndex = isShown ? 0 : -1
      if (isShown) panels[place].removeAttribute('hidden')
      else panels[place].setAttribute('hidden', 'until-found')
    }
  }
  function chooseEverywhere(name, index) {
    const before = box.getBoundingClientRect().top
    for (const group of tabGroups) group.choose(name)
    show(index)
    scrollBy(0, box.getBoundingClientRect().top - before)
    try {
      localStorage.setItem('docsfy-tab', name)
    } catch {
      // Storage can be forbidden; the choice then lasts for this page.
    }
  }
  list.addEventListener('keydown', (event) => {
    const now = tabs.indexOf(document.activeElement)
    const step = TAB_KEYS[event.key]
    const next = step ? (now + step + tabs.length) % tabs.length : { Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    tabs[next].focus()
    tabs[next].click()
  })
  list.append(...tabs)
  box.prepend(list)
  show(0)
  return {
    choose(name) {
      const index = tabs.findIndex((tab) => tab.textContent === name)
      if (index >= 0) show(index)
    },
    reveal(place) {
      const index = panels.findIndex((panel) => panel.contains(place))
      if (index >= 0) show(index)
    },
  }
}

/** An address from elsewhere can end in anything: what cannot be decoded names no place. */
function placeNamed(fragment) {
  try {
    return document.getElementById(decodeURIComponent(fragment))
  } catch {
    return null
  }
}

/** The tab that holds the place the address names is the one to show. */
function revealPlace() {
  const place = placeNamed(location.hash.slice(1))
  if (!place) return
  for (const group of tabGroups) group.reveal(place)
  if (place.closest('.tabs')) place.scrollIntoView()
}

try {
  const chosen = localStorage.getItem('docsfy-tab')
  for (const group of chosen ? tabGroups : []) group.choose(chosen)
} catch {
  // Storage can be forbidden; the first tabs stand.
}
revealPlace()
addEventListener('hashchange', revealPlace)
