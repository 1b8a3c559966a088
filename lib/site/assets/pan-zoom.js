const STEP = 1.25
const MOVE_PX = 60
const CLICK_PX = 4
/** Factor and movement in pixels; factor 0 means as it was. */
const KEYS = {
  '+': [STEP],
  '=': [STEP],
  '-': [1 / STEP],
  0: [0],
  ArrowLeft: [1, MOVE_PX, 0],
  ArrowRight: [1, -MOVE_PX, 0],
  ArrowUp: [1, 0, MOVE_PX],
  ArrowDown: [1, 0, -MOVE_PX],
}

/**
 * Lets a sheet be moved and scaled inside its stage: drag, wheel with Control or Command, two fingers, keys. With
 * `isWhole`, fingers and a wheel without a key move it too, which elsewhere scroll the page. Returns what buttons do.
 */
export function panZoom(stage, sheet, { isWhole, onScale = () => {} }) {
  let [scale, x, y] = [1, 0, 0]
  const pointers = new Map()

  function show() {
    sheet.style.transform = scale === 1 && !x && !y ? '' : `translate(${x}px, ${y}px) scale(${scale})`
    onScale(scale)
  }

  /** Scales so that what lies at a point of the window stays there. */
  function zoom(factor, at) {
    const next = Math.min(8, Math.max(0.2, scale * factor))
    const box = stage.getBoundingClientRect()
    const [left, top] = at ? [at.clientX - box.left, at.clientY - box.top] : [box.width / 2, box.height / 2]
    x = left - ((left - x) * next) / scale
    y = top - ((top - y) * next) / scale
    scale = next
    show()
  }

  function move(dx, dy) {
    x += dx
    y += dy
    show()
  }

  function reset() {
    ;[scale, x, y] = [1, 0, 0]
    show()
  }

  stage.addEventListener('keydown', (event) => {
    const [factor, dx, dy] = (!event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) || []
    if (factor === undefined) return
    event.preventDefault()
    if (factor === 0) reset()
    else if (factor === 1) move(dx, dy)
    else zoom(factor)
  })
  stage.addEventListener(
    'wheel',
    (event) => {
      const isZoom = event.ctrlKey || event.metaKey
      if (!isZoom && !isWhole) return
      event.preventDefault()
      if (isZoom) zoom(Math.exp(-event.deltaY / 200), event)
      else move(-event.deltaX, -event.deltaY)
    },
    { passive: false },
  )

  let travelled = 0
  stage.addEventListener('pointerdown', (event) => {
    if (event.button > 0 || (event.pointerType === 'touch' && !isWhole)) return
    if (pointers.size === 0) travelled = 0
    pointers.set(event.pointerId, event)
    stage.setPointerCapture(event.pointerId)
  })
  stage.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY]
    pointers.set(event.pointerId, event)
    travelled += Math.abs(dx) + Math.abs(dy)
    if (!other) return move(dx, dy)
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
    zoom(apart(event) / Math.max(1, apart(before)), other)
  })
  for (const type of ['pointerup', 'pointercancel'])
    stage.addEventListener(type, ({ pointerId }) => pointers.delete(pointerId))
  stage.addEventListener('dragstart', (event) => event.preventDefault())
  return { zoom, zoomIn: () => zoom(STEP), zoomOut: () => zoom(1 / STEP), reset, wasClick: () => travelled < CLICK_PX }
}
