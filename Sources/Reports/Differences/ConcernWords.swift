import PlanModel
import PlanText
import RotationGraph

extension Concern {
  /// The concern in a sentence, with what it means for the clients where that is not plain.
  var sentence: Phrase {
    let who = Phrase.list(subjects)
    let isOne = subjects.count == 1
    switch kind {
    case .verificationNewlyOff:
      return "verification is turned off at \(who), at worst for \(after); it stayed on before"
    case .verificationOffLonger:
      return standard == nil
        ? "verification is off for \(after) instead of \(before) at worst, at \(who)"
        : "verification is off for \(after) at worst, at \(who); with the standard waits for \(standard)"
    case .verificationOffAtOnce:
      return "verification is off at \(after) sites at once instead of \(before)"
    case .replicationBrokenLonger:
      return standard == nil
        ? "replication is broken for \(after) instead of \(before) at worst: \(who)"
        : "replication is broken for \(after) at worst: \(who); with the standard waits for \(standard)"
    case .replicationBrokenAtOnce:
      return "\(after) partnerships are broken at once instead of \(before)"
    case .replicationNotBroken:
      return
        "replication is no longer broken: \(who); it would carry half-changed lists to the partner"
    case .morePointsOfNoReturn:
      return before == nil
        ? "points of no return: \(after)" : "points of no return: \(after) instead of \(before)"
    case .earlierPointOfNoReturn:
      return "the first point of no return comes after \(after) instead of \(before)"
    case .methodChanged:
      return "\(who) \(words: isOne ? "changes" : "change") method: \(before) → \(after)"
    case .serversAtOnceRaised:
      return "\(after) servers of a site change at once\(reference())"
    case .breakChanged:
      return after == .text("delete")
        ? "the partnership \(who) is deleted instead of rescheduled: a full replication follows"
        : "the partnership \(who) is broken differently: \(before) → \(after)"
    case .authorityChanged:
      return
        "\(after) wins instead of \(before) when \(who) replicates again: the other's data is overwritten"
    case .databaseNotRenewed:
      return
        "the database's certificate is no longer renewed at \(who) (\(before) → \(after)): with "
        + "SQL Server Express nobody can log on once it expires"
    case .siteNotRotated: return "\(who) \(words: isOne ? "is" : "are") no longer rotated"
    case .serverNotRotated:
      return
        "\(who) no longer \(words: isOne ? "gets" : "get") a certificate while the site rotates"
    default: return waitSentence ?? trustSentence ?? commandSentence ?? "\(who)"
    }
  }

  /// What the value after is held against: ` instead of 98%`, `; the standard is 98%`.
  private func reference(_ words: Phrase = " instead of ") -> Phrase {
    standard == nil ? "\(words)\(before)" : "; the standard is \(standard)"
  }

  private var waitSentence: Phrase? {
    let isAll = subjects.count == WaitKind.allCases.count
    let isOne = isAll || subjects.count == 1
    let who: Phrase =
      isAll ? "every wait" : "the \(words: isOne ? "wait" : "waits") \(Phrase.list(subjects))"
    let passes: Phrase = isOne ? "passes" : "pass"
    switch kind {
    case .thresholdLowered: return "\(who) \(passes) at \(after)\(reference())"
    case .minimumShortened:
      return "\(who) \(passes) after \(after) at the earliest\(reference(", not "))"
    case .holdShortened:
      return "\(who) \(passes) once the share held for \(after)\(reference())"
    case .proceedsAtDeadline:
      return
        "\(who) \(words: isOne ? "goes" : "go") on at the deadline (\(item ?? "")) with \(after) instead of \(words: (before ?? standard) == .text("fail") ? "failing" : "holding")"
    case .floorLowered:
      return
        "\(who) \(words: isOne ? "goes" : "go") on at the deadline with \(after) instead of \(before)"
    case .deadlineShortened:
      return
        "\(who) \(words: isOne ? "goes" : "go") on after \(after) instead of \(before)"
    case .fewerClientsCounted:
      return
        "\(who) \(words: isOne ? "counts" : "count") clients seen within \(after)\(reference()): "
        + "clients that were away longer are not waited for"
    case .exclusionAdded:
      return
        "\(who) \(words: isOne ? "excludes" : "exclude") \(item ?? "") (\(after)): these clients are not waited for"
    case .cohortRemoved:
      return
        "\(who) no longer \(words: isOne ? "counts" : "count") the cohort \(item ?? ""), which had "
        + "to reach \(before)"
    case .cohortLowered:
      return "\(who) \(passes) with \(after) instead of \(before) of the cohort \(item ?? "")"
    default: return nil
    }
  }

  private var trustSentence: Phrase? {
    let who = Phrase.list(subjects)
    switch kind {
    case .pinRemoved: return "the certificate \(who) is no longer pinned (\(before))"
    case .pinChanged: return "the certificate \(who) has another pin: \(before) → \(after)"
    case .sourceChanged:
      return "the certificate \(who) comes from another source: \(before) → \(after)"
    case .certificateChanged:
      return
        "\(who) \(words: subjects.count == 1 ? "gets" : "get") another certificate: \(before) → \(after)"
    case .addressChanged:
      return
        "\(who) \(words: subjects.count == 1 ? "has" : "have") another address: \(before) → \(after)"
    case .trustChanged: return "the API of \(who) is trusted differently: \(before) → \(after)"
    case .apiChanged: return "the API of \(who) has another URL: \(before) → \(after)"
    default: return nil
    }
  }

  private var commandSentence: Phrase? {
    let scope: Phrase =
      subjects == ["every site"] ? "everywhere" : "at \(Phrase.list(subjects))"
    let action = item ?? ""
    switch kind {
    case .commandAdded: return "a program now carries out \(action) \(scope): \(after)"
    case .commandChanged:
      return "another program carries out \(action) \(scope): \(before) → \(after)"
    case .checkAdded: return "a program now checks \(action) \(scope): \(after)"
    case .checkRemoved: return "nothing checks \(action) \(scope) any more; before: \(before)"
    case .checkChanged: return "another program checks \(action) \(scope): \(before) → \(after)"
    case .passwordCommand:
      return before == nil
        ? "a program is asked for the password of \(Phrase.list(subjects)): \(after)"
        : "another program is asked for the password of \(Phrase.list(subjects)): \(before) → \(after)"
    default: return nil
    }
  }
}
