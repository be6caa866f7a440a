#include <gtest/gtest.h>

#include "server/route.h"
#include "server/session/passwords.h"
#include "server/testing/store_test.h"

namespace vigil::server {
namespace {

const std::string kPush =
    R"({"events":[{"action":"push","target":{"repository":"team/app","tag":"1","mediaType":)"
    R"("application/vnd.oci.image.manifest.v1+json","digest":"sha256:)" +
    std::string(64, 'a') + R"("}}]})";

class RegistryNotificationRoute : public testing::WithStore {
 protected:
  int post(const std::string& authorization, const std::string& body) {
    Sessions sessions(*store_);
    Passwords passwords;
    Login login(*store_, passwords, sessions);
    Metrics metrics;
    auto opened = store::Store::open(directory_ + "/vigil.db");
    EXPECT_TRUE(opened);
    estate::Estate estate(std::move(*opened), {});
    HttpRequest request{.method = "POST",
                        .target = "/vigil/v1/registry-notification",
                        .headers = {},
                        .body = body,
                        .remote = {},
                        .secure = false};
    if (!authorization.empty()) request.headers.push_back({"Authorization", authorization});
    const RouteMatch match = find_route(all_routes(), "POST", request.target);
    EXPECT_NE(match.route, nullptr);
    return match.route
        ->run({.estate = estate,
               .metrics = metrics,
               .login = login,
               .sessions = sessions,
               .request = request,
               .caller = {},
               .labels = {},
               .query = {},
               .now = kNow,
               .registry = hook_})
        .status;
  }

  RegistryHook agreed_{.token = "the-token", .inbox = {}};
  RegistryHook* hook_ = &agreed_;
};

TEST_F(RegistryNotificationRoute, TakesWhatCarriesTheToken) {
  EXPECT_EQ(post("Bearer the-token", kPush), 202);
  EXPECT_EQ(post("the-token", kPush), 202);
  const auto images = agreed_.inbox.take();
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].repository, "team/app");
}

TEST_F(RegistryNotificationRoute, AndNothingElse) {
  for (const char* wrong : {"", "Bearer", "Bearer ", "Bearer the-toke", "the-token2", "Basic x"}) {
    EXPECT_EQ(post(wrong, kPush), 401) << wrong;
  }
  EXPECT_EQ(post("the-token", "{}"), 400);
  EXPECT_TRUE(agreed_.inbox.take().empty());
}

TEST_F(RegistryNotificationRoute, WithoutATokenThereIsNothingToNotify) {
  agreed_.token = "";
  EXPECT_EQ(post("", kPush), 404);
  EXPECT_EQ(post("Bearer ", kPush), 404);
  hook_ = nullptr;
  EXPECT_EQ(post("the-token", kPush), 404);
}

TEST_F(RegistryNotificationRoute, WithoutRoomItSaysComeAgain) {
  agreed_.inbox.put(estate::RegistryInbox::Images(estate::RegistryInbox::kMost));
  EXPECT_EQ(post("the-token", kPush), 429);
}

}  // namespace
}  // namespace vigil::server
