// One's own password.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { setPassword } from "~/api/people";
import { useSession } from "~/api/session";
import { useNotify } from "~/app/notices";
import NewPassword from "~/components/NewPassword";
import { passwordProblem } from "~/model/password";

export default function Password() {
  const { principal } = useSession();
  const notify = useNotify();
  const [current, setCurrent] = useState("");
  const [password, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => setPassword(principal, password, current),
    onSuccess: () => {
      notify({ type: "success", text: "Your password is changed. You are logged out everywhere but here." });
      setCurrent("");
      setTyped("");
      setTried(false);
    },
  });
  const submit = () => {
    setTried(true);
    if (current !== "" && passwordProblem(password, principal) === "" && !change.isPending) change.mutate();
  };
  return (
    <ContentLayout header={<Header variant="h1">Change password</Header>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Container>
          <Form actions={<Button variant="primary" loading={change.isPending}>Change password</Button>}>
            <SpaceBetween size="m">
              {/* For password managers, which want to know whose it is. */}
              <FormField label="User name">
                <Input value={principal} readOnly autoComplete="username" />
              </FormField>
              <FormField label="Current password" errorText={tried && current === "" ? "Needed, so that nobody changes it behind your back." : ""}>
                <Input value={current} type="password" autoComplete="current-password" onChange={({ detail }) => setCurrent(detail.value)} />
              </FormField>
              <NewPassword label="New password" value={password} user={principal} onChange={setTyped} tried={tried} />
              {change.error && (
                <Alert type="error" header="It was not changed">
                  {change.error.message}
                </Alert>
              )}
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </ContentLayout>
  );
}
