'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'

const importToaster = () => import('#app/_components/ui/toaster.tsx')
const LazyToaster = dynamic(importToaster)
const QUIET_MS = 500

/**
 * Where short messages appear. It comes after everything a person waits for, but before it is needed: the message that
 * the server does not answer cannot be fetched from the server.
 */
export function ToastHost() {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return due ? <LazyToaster /> : null
}
