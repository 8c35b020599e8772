"""An invented city's register, for asking."""

from __future__ import annotations

from dataclasses import replace

from knowledge.model import Assignment, Document, Duty, Passage, Place, Role
from knowledge.register import Register

CITY = "云溪市2023年政务公开工作任务分工方案"

TEXTS = {
    "1": ("推进扶贫资金分配和使用情况公开，公示扶贫项目名单。", "市农业农村局"),
    "2": ("落实“双随机、一公开”监管，抽查结果及时向社会公布。", "市市场监督管理局"),
    "3": ("公开国有土地使用权出让公告和成交结果。", "市自然资源和规划局"),
    "4": ("做好义务教育招生入学政策解读，公布划片范围。", "市教育体育局"),
    "5": ("完成市政府门户网站IPv6改造。", "市政府办公室"),
    "6": ("加强黑臭水体治理进展信息公开。", "市生态环境局"),
    "7": ("逐月公开财政收支，集中公开部门预算决算。", "市财政局"),
    "8": ("公开城乡低保、特困人员救助供养的对象认定和标准。", "市民政局"),
    "9": ("发布常用药品和医疗服务价格，推进院务公开。", "市卫生健康委"),
    "10": ("公开政府采购公告、采购文件和中标结果。", "市财政局"),
    "11": ("整合政府服务热线，畅通群众诉求渠道。", "市政务服务和数据管理局"),
    "12": ("定期公布房地产市场信息，规范中介秩序。", "市住房和城乡建设局"),
}


def city() -> Register:
    """云溪市: twelve assignments, each with a lead and the collective of all departments."""
    document = Document("city", CITY, "city.docx", "0", locality="云溪市", passages=(_sentence(), _other_sentence()))
    return Register(revision=1, documents=(document,), assignments=tuple(_one(*entry) for entry in TEXTS.items()))


def _one(number: str, entry: tuple[str, str]) -> Assignment:
    text, lead = entry
    duties = (Duty(lead, Role.LEAD), Duty("市政府各部门", Role.RESPONSIBLE, collective=True))
    return Assignment(f"city-{number}", "city", number, number, ("重点领域",), text, text, Place(line=3), duties)


def _sentence() -> Passage:
    return Passage("各单位要明确一名联络员，于每季度末报送进展。", Place(line=40), ("三、工作要求",))


def _other_sentence() -> Passage:
    return Passage("市政府办公室每半年通报一次落实情况。", Place(line=41), ("三、工作要求",))


def printing(*units: str, locality: str = "云溪市") -> Register:
    """A register whose only assignment prints `units`."""
    document = Document("d", "分工方案", "d.txt", "1", locality=locality)
    duties = tuple(Duty(unit, Role.RESPONSIBLE) for unit in units)
    assignment = Assignment("d-1", "d", "1", "1", (), "落实各项工作。", "", Place(line=1), duties)
    return Register(revision=1, documents=(document,), assignments=(assignment,))


def both(*registers: Register) -> Register:
    """Several registers as one, their ids made distinct by the caller's order."""
    documents = []
    assignments = []
    for at, register in enumerate(registers):
        for document in register.documents:
            documents.append(_renamed(document, at))
        assignments += [_moved(assignment, at) for assignment in register.assignments]
    return Register(revision=1, documents=tuple(documents), assignments=tuple(assignments))


def _renamed(document: Document, at: int) -> Document:
    return replace(document, id=f"{document.id}{at}")


def _moved(assignment: Assignment, at: int) -> Assignment:
    return replace(assignment, id=f"{assignment.id}.{at}", document=f"{assignment.document}{at}")
