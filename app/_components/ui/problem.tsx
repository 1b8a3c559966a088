/** What went wrong, said aloud; nothing for null. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null
  return (
    <p role="alert" className="break-words rounded-md bg-red-wash px-3 py-2 text-red">
      {text}
    </p>
  )
}
