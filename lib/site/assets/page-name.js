const name = document.querySelector('.page-head h1')
const room = document.querySelector('.top .gap')

/** Says in the bar which page this is once its name is out of sight; leads back to its beginning. */
if (name && room) {
  const link = document.createElement('a')
  link.className = 'here'
  link.href = '#docsfy.content'
  link.title = 'Back to the beginning of this page'
  link.textContent = name.textContent
  link.hidden = true
  room.before(link)
  const seen = new IntersectionObserver(
    (entries) => {
      link.hidden = entries.at(-1).isIntersecting
    },
    { rootMargin: `-${room.parentElement.offsetHeight}px 0px 0px` },
  )
  seen.observe(name)
}
