// What the files of this folder share of libgit2: objects that free themselves, errors. Not for
// others: it names libgit2's types.
#pragma once

#include <git2.h>

#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "tree/git/repository.h"

namespace vigil::tree {

template <typename T, void (*Free)(T*)>
struct Freer {
  void operator()(T* object) const { Free(object); }
};
template <typename T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freer<T, Free>>;

/// An open repository. libgit2 leaves it to its users to lock one.
struct GitHandle {
  explicit GitHandle(git_repository* raw) : repository(raw) {}

  Owned<git_repository, git_repository_free> repository;
  std::mutex mutex;
};

std::string text_of(const git_oid& id);
/// `what`, and what libgit2 says of it.
Error git_error(std::string what, std::string where);

}  // namespace vigil::tree
