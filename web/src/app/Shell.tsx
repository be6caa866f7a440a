// What stands around every page: the bar at the top, the navigation, breadcrumbs, notices.
import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useEffect, useState } from "react";
import { Outlet, useLocation, useMatches, useNavigate } from "react-router";
import { useLiveUpdates } from "~/api/live";
import type { Session } from "~/api/own";
import { useSession, useSessionState } from "~/api/session";
import CommandPalette from "./CommandPalette";
import type { Page } from "./page";
import { sections } from "./page";
import { pageOf, pages } from "./pages";
import { Notices } from "./notices";
import { type Theme, useTheme } from "./theme";
import "./shell.css";

function navigationItems(session: Session): SideNavigationProps.Item[] {
  return sections.flatMap((section): SideNavigationProps.Item[] => {
    const items = pages
      .filter((page) => page.navigation?.section === section && (!page.administrator || session.administrator))
      .sort((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0))
      .map((page): SideNavigationProps.Link => ({ type: "link", text: page.title, href: page.path }));
    return items.length > 0 ? [{ type: "section-group", title: section, items }] : [];
  });
}

function useCurrentPage(): Page | undefined {
  const matches = useMatches();
  return matches.at(-1)?.handle as Page | undefined;
}

/** From the first page down to this one. */
function trail(page: Page | undefined): { text: string; href: string }[] {
  const above: { text: string; href: string }[] = [];
  for (let at = page; at; at = at.under ? pageOf(at.under) : undefined) above.unshift({ text: at.title, href: at.path });
  return [{ text: "Vigil", href: "/" }, ...above.filter((item) => item.href !== "/")];
}

const themes: { id: Theme; text: string }[] = [
  { id: "system", text: "As the system" },
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
];

export default function Shell() {
  const session = useSession();
  const { logOut } = useSessionState();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const page = useCurrentPage();
  const connection = useLiveUpdates();
  const [theme, setTheme] = useTheme();
  const [palette, setPalette] = useState(false);
  const [navigation, setNavigation] = useState(() => window.innerWidth > 900);

  useEffect(() => {
    document.title = `${page?.title ?? "Not found"} · Vigil`;
  }, [page]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      const open = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
      if (!open) return;
      event.preventDefault();
      setPalette(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const follow = (event: { detail: { href?: string; external?: boolean }; preventDefault: () => void }) => {
    if (!event.detail.href || event.detail.external) return;
    event.preventDefault();
    void navigate(event.detail.href);
  };

  const items = navigationItems(session);
  return (
    <>
      <div id="top" className="top">
        <TopNavigation
          identity={{ href: "/", title: "Vigil", logo: { src: "/favicon.svg", alt: "Logo" }, onFollow: follow }}
          utilities={[
            { type: "button", iconName: "search", text: "Search", title: "Search (Ctrl K)", ariaLabel: "Search", onClick: () => setPalette(true) },
            ...(connection === "lost"
              ? [{ type: "button" as const, iconName: "status-warning" as const, text: "Not live", title: "Changes are not shown by themselves now; reload to connect again", onClick: () => window.location.reload() }]
              : []),
            {
              type: "menu-dropdown",
              text: session.principal,
              description: `Account ${session.account}`,
              iconName: "user-profile",
              items: [
                { id: "theme", text: "Appearance", items: themes.map(({ id, text }) => ({ id, text, itemType: "checkbox" as const, checked: theme === id })) },
                { id: "password", text: "Change password" },
                { id: "log-out", text: "Log out" },
              ],
              onItemClick: ({ detail }) => {
                if (detail.id === "log-out") void logOut();
                else if (detail.id === "password") void navigate("/password");
                else setTheme(detail.id as Theme);
              },
            },
          ]}
          i18nStrings={{ overflowMenuTriggerText: "More", overflowMenuTitleText: "All" }}
        />
      </div>
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigation={<SideNavigation activeHref={pageOf(pathname)?.path ?? page?.under ?? pathname} items={items} onFollow={follow} />}
        navigationOpen={navigation}
        onNavigationChange={({ detail }) => setNavigation(detail.open)}
        breadcrumbs={<BreadcrumbGroup items={trail(page)} onFollow={follow} ariaLabel="Breadcrumbs" />}
        notifications={<Notices />}
        stickyNotifications
        {...(page?.width === "full" ? { maxContentWidth: Number.MAX_VALUE } : {})}
        ariaLabels={{ navigation: "Pages", navigationClose: "Close the navigation", navigationToggle: "Open the navigation", notifications: "Notices" }}
        content={<Outlet />}
      />
      {palette && <CommandPalette onClose={() => setPalette(false)} />}
    </>
  );
}
