// The login. What fails says why in the server's words, which do not tell whether a user exists.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { ApiError } from "~/api/client";
import { useSessionState } from "~/api/session";
import "./login.css";

export default function Login({ ended }: { ended: boolean }) {
  const { logIn } = useSessionState();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = "Log in · Vigil";
  }, []);

  const submit = async () => {
    setBusy(true);
    setFailure("");
    try {
      await logIn(name, password);
    } catch (error) {
      const wait = error instanceof ApiError ? error.retryAfter : undefined;
      setFailure((error as Error).message + (wait ? ` Try again in ${wait} seconds.` : ""));
      setPassword("");
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Container header={<Header variant="h1">Log in to Vigil</Header>}>
          <Form
            actions={
              <Button variant="primary" formAction="submit" loading={busy} loadingText="Logging in" disabled={name === "" || password === ""}>
                Log in
              </Button>
            }
          >
            <SpaceBetween size="m">
              {failure !== "" && <Alert type="error">{failure}</Alert>}
              {failure === "" && ended && <Alert type="info">Your session has ended. Log in to go on where you were.</Alert>}
              <FormField label="User name">
                <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus autoComplete="username" name="username" spellcheck={false} />
              </FormField>
              <FormField label="Password">
                <Input value={password} onChange={({ detail }) => setPassword(detail.value)} type="password" autoComplete="current-password" name="password" />
              </FormField>
              <Box color="text-body-secondary" fontSize="body-s">
                The first start of the server printed the first user and password. An administrator makes others; on the server itself,{" "}
                <Box variant="code">vigil account user NAME</Box> makes one or sets a new password.
              </Box>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </main>
  );
}
