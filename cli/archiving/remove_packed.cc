#include "cli/archiving/remove_packed.h"

#include <cerrno>
#include <optional>

#include "cli/archiving/leftovers.h"
#include "cli/archiving/names.h"
#include "cli/place.h"

namespace logpress::cli::archiving {
namespace {

using Kind = RemovalResult::Kind;

RemovalResult Result(Kind kind, SourceFile::State state = SourceFile::State::kSame, int error = 0) {
  return {kind, state, error, {}};
}

// What `state` means for the removal; nothing when it may go on.
std::optional<RemovalResult> Verdict(SourceFile::State state) {
  const int error = errno;
  switch (state) {
    case SourceFile::State::kSame:
      return std::nullopt;
    case SourceFile::State::kRemoved:
      return Result(Kind::kGone, state);
    case SourceFile::State::kError:
      return Result(Kind::kFailed, state, error);
    default:
      return Result(Kind::kChanged, state);
  }
}

RemovalResult RemoveUnder(FileOps* ops, int folder, const std::string& name,
                          const SourceFile& source, WriteGuard* guard) {
  if (const auto verdict = Verdict(source.CheckRenamed(name))) return *verdict;
  if (guard != nullptr && guard->StillNoWriter() != WriteGuard::Answer::kNoWriter)
    return Result(Kind::kOpened);
  if (ops->Unlink(folder, name.c_str()) != 0)
    return Result(Kind::kFailed, SourceFile::State::kSame, errno);
  return Result(Kind::kRemoved);
}

}  // namespace

RemovalResult RemovePacked(FileOps* ops, int folder, const SourceFile& source, WriteGuard* guard) {
  if (const auto verdict = Verdict(source.Check(source.name()))) return *verdict;
  if (guard != nullptr && guard->Broken()) return Result(Kind::kOpened);

  const std::optional<std::string> hidden = RemovalName(source.name());
  if (hidden.has_value()) {
    switch (MoveToPlace(ops, folder, source.name(), *hidden, false)) {
      case Placed::kYes: {
        RemovalResult result = RemoveUnder(ops, folder, *hidden, source, guard);
        if (result.kind != Kind::kRemoved && result.kind != Kind::kGone &&
            !GiveNameBack(ops, folder, *hidden, source.name()))
          result.stranded = *hidden;
        return result;
      }
      case Placed::kLinked:
        // Two names now, and only one to be removed.
        ops->Unlink(folder, hidden->c_str());
        break;
      case Placed::kImpossible:
        break;
      case Placed::kTaken:
        return Result(Kind::kFailed, SourceFile::State::kSame, EEXIST);
      case Placed::kFailed:
        // The name is gone between the look and the move: rotated away.
        if (errno == ENOENT) return Result(Kind::kChanged, SourceFile::State::kReplaced);
        return Result(Kind::kFailed, SourceFile::State::kSame, errno);
    }
  }
  // The name is too long for a hidden one, or the file system cannot move so.
  return RemoveUnder(ops, folder, source.name(), source, guard);
}

}  // namespace logpress::cli::archiving
