// Findings one by one, or by what they have in common. Each is an address, so each is a link.
import { Link } from "react-router";
import { groups } from "~/model/groups";
import "./group.css";

const choices = [{ id: undefined, label: "All findings", to: "/findings" }, ...groups.map(({ id, label }) => ({ id, label, to: `/findings?group=${id}` }))];

export default function GroupChoice({ chosen }: { chosen: string | undefined }) {
  return (
    <nav className="group-choice" aria-label="Findings by">
      {choices.map(({ id, label, to }) => (
        <Link key={to} to={to} {...(id === chosen ? { "aria-current": "page" as const } : {})}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
