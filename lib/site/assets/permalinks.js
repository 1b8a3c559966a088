/** Headings have their link in the contents of the page; here each that has none gets one beside it. */
for (const heading of document.querySelectorAll('.heading > :only-child')) {
  const link = document.createElement('a')
  link.className = 'permalink'
  link.href = `#${encodeURIComponent(heading.id)}`
  link.textContent = '#'
  link.setAttribute('aria-labelledby', heading.id)
  heading.after(link)
}
