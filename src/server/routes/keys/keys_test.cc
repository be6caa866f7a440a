// Access keys in the console: GET, POST and DELETE of /vigil/v1/keys.
#include "server/testing/service_test.h"

namespace vigil::server {
namespace {

using Keys = testing::WithService;

TEST_F(Keys, AnIssuedOneSignsUntilItIsDisabled) {
  const Page admin = log_in("admin");
  Seen issued = ask(admin, "POST", "/vigil/v1/keys", R"({"holder":"build farm"})");
  ASSERT_EQ(issued.status, 201) << issued.body;
  EXPECT_EQ(issued.headers["Cache-Control"], "no-store");
  EXPECT_EQ(issued.json()["holder"].text(), "build farm");
  const std::string id(issued.json()["accessKeyId"].text());
  const std::string secret(issued.json()["secretAccessKey"].text());
  const SigningKeys keys = signing_keys(estate_->store(), key_);
  ASSERT_TRUE(keys(id)->has_value());
  EXPECT_EQ(keys(id)->value().secret, secret);
  EXPECT_EQ(keys(id)->value().account, kAccount);

  Seen listed = ask(admin, "GET", "/vigil/v1/keys");
  EXPECT_EQ(listed.body.find(secret), std::string::npos);
  const base::Json one = *listed.json()["keys"].items().begin();
  EXPECT_EQ(one["accessKeyId"].text(), id);
  EXPECT_EQ(one["holder"].text(), "build farm");
  EXPECT_FALSE(one["disabledAt"].exists());

  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/keys/" + id).status, 200);
  EXPECT_FALSE(keys(id)->has_value());
  Seen after = ask(admin, "GET", "/vigil/v1/keys");
  EXPECT_TRUE((*after.json()["keys"].items().begin())["disabledAt"].integer());
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/keys/" + id).status, 200) << "once more is no error";
}

TEST_F(Keys, AreForAdministrators) {
  const Page alice = log_in("alice");
  EXPECT_EQ(ask(alice, "GET", "/vigil/v1/keys").status, 403);
  EXPECT_EQ(ask(alice, "POST", "/vigil/v1/keys", R"({"holder":"x"})").status, 403);
  EXPECT_EQ(ask(alice, "DELETE", "/vigil/v1/keys/AKIAAAAAAAAAAAAAAAAA").status, 403);
}

TEST_F(Keys, OfAnotherAccountAreNotThere) {
  const Page admin = log_in("admin");
  const Page stranger = log_in("stranger");
  Seen issued = ask(stranger, "POST", "/vigil/v1/keys", R"({"holder":"x"})");
  const std::string id(issued.json()["accessKeyId"].text());
  EXPECT_EQ(ask(admin, "GET", "/vigil/v1/keys").body, R"({"keys":[]})");
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/keys/" + id).status, 404);
  EXPECT_TRUE(signing_keys(estate_->store(), key_)(id)->has_value());
  EXPECT_EQ(ask(admin, "DELETE", "/vigil/v1/keys/AKIAAAAAAAAAAAAAAAAA").status, 404);
}

TEST_F(Keys, AHolderIsAText) {
  const Page admin = log_in("admin");
  for (const std::string& body :
       {std::string("{}"), std::string("x"), std::string(R"({"holder":""})"),
        std::string(R"({"holder":"a\nb"})"), R"({"holder":")" + std::string(65, 'x') + R"("})"}) {
    EXPECT_EQ(ask(admin, "POST", "/vigil/v1/keys", body).status, 400) << body;
  }
  EXPECT_EQ(ask(admin, "GET", "/vigil/v1/keys").body, R"({"keys":[]})");
}

TEST_F(Keys, TheLogSaysWhoIssuedAndDisabledThemAndNoSecret) {
  ::testing::internal::CaptureStderr();
  const Page admin = log_in("admin");
  Seen issued = ask(admin, "POST", "/vigil/v1/keys", R"({"holder":"ci"})");
  const std::string id(issued.json()["accessKeyId"].text());
  ask(admin, "DELETE", "/vigil/v1/keys/" + id);
  const std::string log = ::testing::internal::GetCapturedStderr();
  for (const std::string action : {"issued", "disabled"}) {
    EXPECT_NE(log.find("audit action=\"" + action + " an access key\" about=" + id +
                       " principal=admin remote=192.0.2.1:4711"),
              std::string::npos)
        << log;
  }
  EXPECT_EQ(log.find(issued.json()["secretAccessKey"].text()), std::string::npos);
}

}  // namespace
}  // namespace vigil::server
