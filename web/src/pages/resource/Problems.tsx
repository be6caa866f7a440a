// What could not be read: an inventory with holes must not look whole.
import Alert from "@cloudscape-design/components/alert";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Prose from "~/components/Prose";
import { counted } from "~/model/numbers";
import "./resource.css";

const shown = 50;

export default function Problems({ problems }: { problems: readonly { where: string; why: string }[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert type="warning" header={`${counted(problems.length, "file or package", "files or packages")} could not be read`}>
      <ExpandableSection headerText="Which, and why">
        <ul className="found">
          {problems.slice(0, shown).map(({ where, why }, index) => (
            <li key={index}>
              <Prose>
                {where}: {why}
              </Prose>
            </li>
          ))}
        </ul>
        {problems.length > shown && `and ${problems.length - shown} more`}
      </ExpandableSection>
    </Alert>
  );
}
