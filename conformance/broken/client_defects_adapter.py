"""Adapters that break the protocol, whatever their client does."""

import os
import time

from client_defects_both import name_of
from client_reference import Adapter

ADAPTER = {}


def defect(what):
    def register(cls):
        ADAPTER["adapter-" + name_of(cls)] = (what, cls)
        return cls
    return register


@defect("Lines that are no answers are printed on standard output.")
class PrintsNoise(Adapter):
    def answer(self, identifier, answer):
        self.print_line("DEBUG: answering")
        super().answer(identifier, answer)


@defect("Every answer is printed twice.")
class AnswersTwice(Adapter):
    def answer(self, identifier, answer):
        super().answer(identifier, answer)
        super().answer(identifier, answer)


@defect("Answers have the id of the request after.")
class AnswersToAnotherId(Adapter):
    def answer(self, identifier, answer):
        super().answer(identifier + 1, answer)


@defect("Ids of answers are texts.")
class IdsAsTexts(Adapter):
    def answer(self, identifier, answer):
        super().answer(str(identifier), answer)


@defect("The program ends with the first list.")
class EndsEarly(Adapter):
    def carry_out(self, request):
        if request["op"] == "list_oco":
            os._exit(3)
        return super().carry_out(request)


@defect("A cancel by the client's id is never answered.")
class NeverAnswers(Adapter):
    def carry_out(self, request):
        if request["op"] == "cancel_oco" and "client_order_id" in request["args"]:
            time.sleep(3600)
        return super().carry_out(request)


@defect("Every operation is said to have succeeded, and nothing is sent.")
class AlwaysOk(Adapter):
    def carry_out(self, request):
        return {"ok": {}}
