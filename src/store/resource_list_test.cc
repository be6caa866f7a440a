#include "store/resource_list.h"

#include "store/inventory.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ResourceList = testing::StoreTest;

constexpr std::int64_t kAccount = 12;

ResourceRow row_of(std::uint64_t id, std::string type, std::string resource_id) {
  ResourceRow row;
  row.account = kAccount;
  row.id = id;
  row.type = std::move(type);
  row.resource_id = std::move(resource_id);
  return row;
}

std::vector<std::string> ids_of(const std::vector<ListedResource>& resources) {
  std::vector<std::string> ids;
  for (const ListedResource& resource : resources) ids.push_back(resource.resource_id);
  return ids;
}

TEST_P(ResourceList, GoesByTypeAndIdPageByPage) {
  write([](Connection& to) -> Result<void> {
    for (const ResourceRow& row :
         {row_of(1, "AWS_LAMBDA_FUNCTION", "a"), row_of(2, "AWS_EC2_INSTANCE", "i-2"),
          row_of(3, "AWS_EC2_INSTANCE", "i-1")}) {
      VIGIL_CHECK(put_resource(to, row, "{}", "", {}));
    }
    ResourceRow foreign = row_of(4, "AWS_EC2_INSTANCE", "i-0");
    foreign.account = kAccount + 1;
    return put_resource(to, foreign, "{}", "", {});
  });
  read([](Connection& from) -> Result<void> {
    ResourceListQuery query{.account = kAccount, .limit = 2};
    VIGIL_TRY(const auto first, list_resources(from, query));
    EXPECT_EQ(ids_of(first), (std::vector<std::string>{"i-1", "i-2"}));
    query.after_type = first.back().type;
    query.after = first.back().resource_id;
    VIGIL_TRY(const auto second, list_resources(from, query));
    EXPECT_EQ(ids_of(second), (std::vector<std::string>{"a"}));
    VIGIL_TRY(const auto functions,
              list_resources(from, {.account = kAccount, .type = "AWS_LAMBDA_FUNCTION"}));
    EXPECT_EQ(ids_of(functions), (std::vector<std::string>{"a"}));
    return ok();
  });
}

VIGIL_ON_BOTH_ENGINES(ResourceList);

}  // namespace
}  // namespace vigil::store
