// One upgrade: what of, to what, how much of the risk goes with it, where, and what to type.
import Badge from "@cloudscape-design/components/badge";
import type { Upgrade } from "~/api/own";
import type { FilterCriteria } from "~/api/wire";
import Command from "~/components/Command";
import PageLink from "~/components/PageLink";
import { findingsPath, resourcePath } from "~/model/criteria";
import { count, counted, share } from "~/model/numbers";

function severitiesOf({ counts, findings }: Upgrade): string {
  const worst = [counts.critical > 0 && `${count(counts.critical)} critical`, counts.high > 0 && `${count(counts.high)} high`].filter((text) => text !== false);
  return worst.length > 0 ? `${counted(findings, "finding")}, ${worst.join(" and ")}` : counted(findings, "finding");
}

/** Two of the versions are enough to know what is meant. */
function versions(installed: string[]): string {
  return installed.slice(0, 2).join(", ") + (installed.length > 2 ? ", …" : "");
}

export default function Fix({ upgrade, risk }: { upgrade: Upgrade; risk: number }) {
  const part = risk > 0 ? Math.min(100, (upgrade.risk / risk) * 100) : 0;
  const findings = findingsPath(upgrade.filterCriteria as FilterCriteria);
  return (
    <li>
      <div className="fix-line">
        <div className="fix-name">
          <strong>{upgrade.package}</strong>{" "}
          <span className="quiet">
            {versions(upgrade.installed)} → <span className="fix-target">{upgrade.target}</span>
          </span>
        </div>
        <div className="fix-share">
          <strong>{share(upgrade.risk, risk)}</strong> <span className="quiet">of the risk</span>
          <div className="fix-bar" aria-hidden="true">
            <div style={{ inlineSize: `${part}%` }} />
          </div>
        </div>
      </div>
      <div className="fix-facts">
        <PageLink to={findings} ariaLabel={`${severitiesOf(upgrade)} that upgrading ${upgrade.package} removes`}>
          {severitiesOf(upgrade)}
        </PageLink>
        <PageLink to={upgrade.resourceId ? resourcePath(upgrade.resourceId) : findings} ariaLabel={`${counted(upgrade.resources, "resource")} with ${upgrade.package}`}>
          {counted(upgrade.resources, "resource")}
        </PageLink>
        {upgrade.knownExploited > 0 && <Badge color="severity-critical">Known exploited</Badge>}
        {upgrade.inUse && <Badge color="blue">In use</Badge>}
      </div>
      {upgrade.command !== undefined && <Command text={upgrade.command} what={`the command that upgrades ${upgrade.package}`} />}
    </li>
  );
}
