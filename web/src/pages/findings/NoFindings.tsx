// No finding at all is good news only where something is watched and something is known.
import Button from "@cloudscape-design/components/button";
import { useNavigate } from "react-router";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";

export default function NoFindings() {
  const navigate = useNavigate();
  return (
    <Empty title="No active findings" action={<Button onClick={() => void navigate("/start")}>Add something to watch</Button>}>
      Nothing that is watched is known to be vulnerable. What is watched is under <PageLink to="/coverage">Coverage</PageLink>, what is known under{" "}
      <PageLink to="/intelligence">Intelligence</PageLink>.
    </Empty>
  );
}
