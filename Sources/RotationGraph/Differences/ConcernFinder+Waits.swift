import PlanModel
import PlanText

extension ConcernFinder {
  /// What is weaker in a wait than before; where no step waited for it before, than the standard.
  mutating func findIn(_ kind: WaitKind, isNew: Bool) {
    let before = isNew ? .standard : old.waits[kind]
    let after = new.waits[kind]
    guard before != after else { return }
    let name = kind.rawValue
    func lowered(_ concern: Concern.Kind, _ left: Duration, _ right: Duration) {
      guard right < left else { return }
      list.add(concern, name, isNew: isNew, left.planNotation, right.planNotation)
    }
    if after.adopted.value < before.adopted.value {
      list.add(
        .thresholdLowered, name, isNew: isNew, before.adopted.value.description,
        after.adopted.value.description)
    }
    lowered(.minimumShortened, before.minimum.value, after.minimum.value)
    lowered(.holdShortened, before.holdFor.value, after.holdFor.value)
    lowered(.fewerClientsCounted, before.activeWithin.value, after.activeWithin.value)
    let (was, isNow) = (before.onDeadline.value, after.onDeadline.value)
    if isNow == .proceed {
      if was != .proceed {
        list.add(
          .proceedsAtDeadline, name, isNew: isNew, was.rawValue,
          after.floor?.value.description ?? "any share", item: after.deadline.value.planNotation)
      } else {
        lowered(.deadlineShortened, before.deadline.value, after.deadline.value)
        if let then = before.floor?.value, then > after.floor?.value ?? Share(millionths: 0) {
          list.add(.floorLowered, name, then.description, after.floor?.value.description ?? "0%")
        }
      }
    }
    let excluded = Set(before.exclusions.map(\.selector.words))
    for exclusion in after.exclusions where !excluded.contains(exclusion.selector.words) {
      list.add(
        .exclusionAdded, name, after: .text(exclusion.reason.value),
        item: exclusion.selector.words)
    }
    for cohort in before.cohorts {
      let wanted = cohort.adopted.value
      guard let now = after.cohorts.first(where: { $0.name == cohort.name }) else {
        list.add(
          .cohortRemoved, name, before: .text(wanted.description), item: cohort.name.value)
        continue
      }
      if now.adopted.value < wanted {
        list.add(
          .cohortLowered, name, wanted.description, now.adopted.value.description,
          item: cohort.name.value)
      }
    }
  }
}
