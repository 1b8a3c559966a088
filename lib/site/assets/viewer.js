import { panZoom } from './pan-zoom.js'

const dialog = document.createElement('dialog')
dialog.className = 'viewer'
dialog.setAttribute('aria-label', 'In full size')
document.body.append(dialog)
dialog.addEventListener('close', () => dialog.replaceChildren())

function button(text, name, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'bar-button'
  made.textContent = text
  made.setAttribute('aria-label', name)
  made.addEventListener('click', act)
  return made
}

function box(className, ...children) {
  const made = document.createElement('div')
  made.className = className
  made.append(...children)
  return made
}

/** Shows pictures over the page, as large as the window allows: those of a diagram for both themes, or one. */
function openFull(pictures, kind) {
  const sheet = box('viewer-sheet', ...pictures.map((picture) => picture.cloneNode()))
  for (const picture of sheet.children) picture.loading = 'eager'
  const stage = box('viewer-stage', sheet)
  stage.tabIndex = 0
  stage.setAttribute('role', 'group')
  stage.setAttribute('aria-label', `${kind}: plus and minus zoom, arrow keys move, 0 fits it in`)
  const state = document.createElement('output')
  const view = panZoom(stage, sheet, {
    isWhole: true,
    onScale: (scale) => {
      state.textContent = `${Math.round(scale * 100)} %`
    },
  })
  dialog.replaceChildren(
    box(
      'viewer-bar',
      button('−', 'Smaller', view.zoomOut),
      state,
      button('+', 'Larger', view.zoomIn),
      button('Fit', 'Fit the window', view.reset),
      button('Close', 'Close', () => dialog.close()),
    ),
    stage,
  )
  dialog.showModal()
  view.reset()
  stage.focus()
}

for (const stage of document.querySelectorAll('.diagram-scroll')) {
  const pictures = [...stage.querySelectorAll('img')]
  const sheet = box('diagram-sheet', ...pictures)
  stage.append(sheet)
  const view = panZoom(stage, sheet, { isWhole: false })
  stage.addEventListener('click', () => view.wasClick() && openFull(pictures, 'Diagram'))
  stage.addEventListener('keydown', ({ key }) => key === 'Enter' && openFull(pictures, 'Diagram'))
  stage.addEventListener('docsfy-view', () => openFull(pictures, 'Diagram'))
}

for (const link of document.querySelectorAll('.picture-open'))
  link.addEventListener('docsfy-view', () => openFull([link.firstElementChild], 'Picture'))
