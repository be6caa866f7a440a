// Notices at the top of the page: what was done, and what failed.
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

interface Notice {
  type: "success" | "error" | "info" | "warning";
  text: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
}
type Notify = (notice: Notice) => void;
const Context = createContext<{ notices: FlashbarProps.MessageDefinition[]; notify: Notify } | null>(null);

const shownMilliseconds = 8000;
let count = 0;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<FlashbarProps.MessageDefinition[]>([]);
  const notify = useCallback<Notify>(({ type, text, action }) => {
    const id = `notice-${++count}`;
    const dismiss = () => setNotices((all) => all.filter((notice) => notice.id !== id));
    setNotices((all) => [
      { id, type, content: text, action, dismissible: true, dismissLabel: "Dismiss", onDismiss: dismiss },
      ...all.slice(0, 3),
    ]);
    // What failed stays until somebody has read it.
    if (type === "success" || type === "info") setTimeout(dismiss, shownMilliseconds);
  }, []);
  const value = useMemo(() => ({ notices, notify }), [notices, notify]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useNotify(): Notify {
  const context = useContext(Context);
  if (!context) throw new Error("useNotify outside of NoticesProvider");
  return context.notify;
}

export function Notices() {
  const context = useContext(Context);
  return <Flashbar items={context?.notices ?? []} />;
}
