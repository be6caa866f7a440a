// Light, dark, or what the system says. The choice is the only thing the console keeps in the browser.
import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useEffect, useState } from "react";

export type Theme = "system" | "light" | "dark";
const key = "vigil.theme";
const darkSystem = () => window.matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme {
  const text = localStorage.getItem(key);
  return text === "light" || text === "dark" ? text : "system";
}

function apply(theme: Theme) {
  const dark = theme === "dark" || (theme === "system" && darkSystem().matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
}

/** Before the first paint. */
export function applyStoredTheme() {
  apply(stored());
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(stored);
  useEffect(() => {
    apply(theme);
    localStorage.setItem(key, theme);
    if (theme !== "system") return;
    const system = darkSystem();
    const follow = () => apply("system");
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, [theme]);
  return [theme, setTheme];
}
