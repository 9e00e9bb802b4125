#pragma once

// Ends a process group when this program ends, however that comes about.

#include <sys/types.h>

namespace ocokit::conform {

// A small process that waits for the end of this one and then ends the group. It sees that end even
// if it comes by SIGKILL; and unlike with PR_SET_PDEATHSIG, the end of the thread that started the
// group means nothing, and what the group's first process has started ends, too.
class GroupKeeper {
 public:
  // Where there is no process or descriptor left, nothing keeps the group.
  explicit GroupKeeper(pid_t group);
  // Lets the group go.
  ~GroupKeeper();
  GroupKeeper(const GroupKeeper&) = delete;
  GroupKeeper& operator=(const GroupKeeper&) = delete;

 private:
  pid_t keeper_ = -1;
  int pipe_ = -1;  // its end is the end of this program
};

}  // namespace ocokit::conform
