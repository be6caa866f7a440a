// Findings, one by one or by group: the address says which.
import { useSearchParams } from "react-router";
import { groupOf } from "~/model/groups";
import FindingsList from "./FindingsList";
import GroupChoice from "./GroupChoice";
import GroupList from "./GroupList";

export default function Findings() {
  const [query] = useSearchParams();
  const group = groupOf(query.get("group"));
  const choice = <GroupChoice chosen={group?.id} />;
  return group ? <GroupList key={group.id} group={group} above={choice} /> : <FindingsList above={choice} />;
}
