import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import { useNavigate } from "react-router";
import Empty from "~/components/Empty";

export default function NothingWatched() {
  const navigate = useNavigate();
  return (
    <Container>
      <Empty
        title="Nothing is watched yet"
        action={
          <Button variant="primary" href="/start" onFollow={(event) => { event.preventDefault(); void navigate("/start"); }}>
            Add something to watch
          </Button>
        }
      >
        Add a host, a registry, a function, a repository or a bill of materials. What is vulnerable in it is shown here within seconds.
      </Empty>
    </Container>
  );
}
