// An access key, made where it is needed. Its secret goes into the commands of this page and nowhere else.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMakeKey } from "~/api/people";
import { useSession } from "~/api/session";
import Command from "~/components/Command";
import PageLink from "~/components/PageLink";
import { credentials } from "~/model/commands";
import type { WithKey } from "./Start";

interface Props extends WithKey {
  /** Who or what the key is for. */
  holder: string;
}
export default function MakeKey({ holder, made, onMade }: Props) {
  const { administrator, region } = useSession();
  const make = useMakeKey();
  return (
    <SpaceBetween size="xs">
      {made ? (
        <Alert type="warning">
          Copy it before you leave this page: the secret is shown this once. <PageLink to="/people">Keys can be disabled at any time.</PageLink>
        </Alert>
      ) : administrator ? (
        <SpaceBetween direction="horizontal" size="s">
          <Button loading={make.isPending} onClick={() => make.mutate(holder, { onSuccess: onMade })}>
            Make an access key
          </Button>
          <Box color="text-body-secondary" padding={{ top: "xxs" }}>
            or put one in that you have
          </Box>
        </SpaceBetween>
      ) : (
        <Box>Put in an access key. An administrator makes one.</Box>
      )}
      {make.error && (
        <Alert type="error" header="No key was made">
          {make.error.message}
        </Alert>
      )}
      <Command text={credentials(made, region)} what="the access key for a shell" />
    </SpaceBetween>
  );
}
