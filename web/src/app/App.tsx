// The whole: what every page needs around it, the login in front of it, and the way from a path to a page.
import Box from "@cloudscape-design/components/box";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { ApiError } from "~/api/client";
import { SessionProvider, useSessionState } from "~/api/session";
import Failure from "~/components/Failure";
import Loading from "~/components/Loading";
import Login from "./Login";
import NotFound from "./NotFound";
import { NoticesProvider } from "./notices";
import { pages } from "./pages";
import PageError from "./PageError";
import Shell from "./Shell";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      // What the server refuses it refuses again; what failed on the way may pass.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

function makeRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <PageError />,
      children: [
        ...pages.map((page) => {
          const Content = lazy(page.load);
          return {
            path: page.path,
            handle: page,
            errorElement: <PageError />,
            element: (
              <Suspense fallback={<Loading what={page.title} />}>
                <Content />
              </Suspense>
            ),
          };
        }),
        { path: "*", element: <NotFound /> },
      ],
    },
  ]);
}

function Gate() {
  const { state, ask } = useSessionState();
  const router = useMemo(makeRouter, []);
  switch (state.kind) {
    case "asking":
      return <Loading what="Vigil" />;
    case "unreachable":
      return (
        <Box padding="xxl">
          <Failure error={new Error(state.why)} what="the server" retry={() => void ask()} />
        </Box>
      );
    case "out":
      return <Login ended={state.ended} />;
    case "in":
      return <RouterProvider router={router} />;
  }
}

export default function App() {
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <NoticesProvider>
          <Gate />
        </NoticesProvider>
      </SessionProvider>
    </QueryClientProvider>
  );
}
