// Ctrl K: to any page, vulnerability, resource or package in a few letters.
import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useId, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { SearchAnswer } from "~/api/own";
import { useOwn } from "~/api/queries";
import { useSession } from "~/api/session";
import { findingsPath } from "~/model/criteria";
import { pages } from "./pages";
import "./palette.css";

interface Choice {
  group: string;
  text: string;
  note?: string;
  to: string;
}

const mostOfAKind = 6;

function choicesOf(text: string, answer: SearchAnswer | undefined, administrator: boolean): Choice[] {
  const wanted = text.toLowerCase();
  const ofPages = pages
    .filter((page) => page.navigation && (!page.administrator || administrator) && page.title.toLowerCase().includes(wanted))
    .map((page): Choice => ({ group: "Pages", text: page.title, to: page.path }));
  if (!answer) return ofPages;
  return [
    ...ofPages,
    ...answer.vulnerabilities.map(
      (found): Choice => ({
        group: "Vulnerabilities",
        text: found.id,
        note: found.findings === 1 ? "1 finding" : `${found.findings} findings`,
        to: `/vulnerabilities/${encodeURIComponent(found.id)}`,
      }),
    ),
    ...answer.resources.map(
      (found): Choice => ({ group: "Resources", text: found.name || found.resourceId, note: found.resourceId, to: `/resources/${encodeURIComponent(found.resourceId)}` }),
    ),
    ...answer.packages.map((found): Choice => ({ group: "Packages", text: found.name, note: found.ecosystem, to: findingsPath({ vulnerablePackages: [{ name: { comparison: "EQUALS", value: found.name } }] }) })),
  ];
}

/** What is being typed, once no key was pressed for a moment. */
function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}

export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { administrator } = useSession();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const settled = useSettled(text.trim(), 120);
  const { data } = useOwn<SearchAnswer>(`search?q=${encodeURIComponent(settled)}&limit=${mostOfAKind}`, { enabled: settled.length >= 2, keep: true });
  const choices = useMemo(
    () => choicesOf(text.trim(), settled.length >= 2 ? data : undefined, administrator),
    [text, settled, data, administrator],
  );
  const current = Math.min(active, choices.length - 1);

  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate(choice.to);
  };

  return (
    <Modal visible onDismiss={onClose} header="Go to" closeAriaLabel="Close">
      <SpaceBetween size="s">
        <Input
          value={text}
          onChange={({ detail }) => {
            setText(detail.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            const { detail } = event;
            if (detail.key === "ArrowDown") setActive(Math.min(current + 1, choices.length - 1));
            else if (detail.key === "ArrowUp") setActive(Math.max(current - 1, 0));
            else if (detail.key === "Enter") go(choices[current]);
            else return;
            event.preventDefault();
          }}
          type="search"
          placeholder="CVE-2024-…, a resource, a package, a page"
          ariaLabel="Search"
          autoFocus
          nativeInputAttributes={{ role: "combobox", "aria-expanded": true, "aria-controls": list, "aria-activedescendant": `${list}-${current}` }}
        />
        <div role="listbox" id={list} aria-label="Where to" className="palette">
          {choices.map((choice, index) => (
            <div key={choice.group + choice.to}>
              {choice.group !== choices[index - 1]?.group && (
                <Box variant="awsui-key-label" padding={{ top: "xs" }}>
                  {choice.group}
                </Box>
              )}
              <div
                role="option"
                id={`${list}-${index}`}
                aria-selected={index === current}
                className={index === current ? "choice active" : "choice"}
                onMouseMove={() => setActive(index)}
                onClick={() => go(choice)}
              >
                <span>{choice.text}</span>
                {choice.note && <Box variant="small">{choice.note}</Box>}
              </div>
            </div>
          ))}
        </div>
        {choices.length === 0 && <Box color="text-body-secondary">Nothing begins like that.</Box>}
      </SpaceBetween>
    </Modal>
  );
}
