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

/** Words of a drawing that is made smaller than this cannot be read. */
const READABLE = 0.7

/** By how much a picture shrinks to fit in a stage. */
function fitOf(picture, stage) {
  const [width, height] = ['width', 'height'].map((side) => Number(picture.getAttribute(side)))
  return Math.min(stage.clientWidth / width, stage.clientHeight / height, 1)
}

/** Shows pictures over the page, whole, or as large as reading asks for: those of a diagram for both themes, or one. */
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
  const fit = Math.min(...pictures.map((picture) => fitOf(picture, stage)))
  if (kind === 'Diagram' && fit < READABLE) view.zoom(READABLE / fit)
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
