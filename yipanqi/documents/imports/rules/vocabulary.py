"""The columns of project ledgers under all the names that offices give them.

Names stand in order: where two columns of a sheet claim one field, the name that comes first wins.
A field that is not kept is understood all the same, so that the sender learns what became of it.
"""

from yipanqi.documents.imports.rules.fields import Kind, kept, known

KEPT = (
    kept("serial", "序号", Kind.SERIAL, "序号 项目序号 编号 No. No"),
    kept(
        "name",
        "项目名称",
        Kind.NAME,
        "项目名称 项目名 招商项目名称 签约项目名称 在谈项目名称 投资项目名称 项目(企业)名称 "
        "企业(项目)名称 意向项目名称 线索名称 项目",
    ),
    kept(
        "code",
        "项目编码",
        Kind.CODE,
        "项目编码 项目编号 市级项目编码 项目代码 项目统一代码 投资项目代码 线索编号 编码",
    ),
    kept(
        "investor",
        "投资方",
        Kind.LABEL,
        "投资方名称 投资方 投资主体 投资方信息名称 投资企业 投资企业名称 投资单位 投资者 投资商 "
        "投资方(客商) 签约主体 签约企业 洽谈主体 意向投资方 意向投资企业 客商 客商名称 "
        "来访企业 外方投资方 投资方全称 投资主体名称",
    ),
    kept(
        "investor_province",
        "投资方所在省",
        Kind.LABEL,
        "省、直辖市、自治区 省/直辖市/自治区 省、自治区、直辖市 省(市、区) 投资方所在省 "
        "投资方所在省份 来源省份 省份 来源地 投资来源地 投资方所在地 资金来源地",
    ),
    kept(
        "investor_city",
        "投资方所在市",
        Kind.LABEL,
        "市、自治州 市/自治州 投资方所在市 投资方所在城市 来源城市 城市",
    ),
    kept(
        "investor_profile",
        "投资方简介",
        Kind.TEXT,
        "投资方简介 投资方概况 投资方情况 企业简介 投资方背景",
    ),
    kept(
        "content",
        "项目简介",
        Kind.TEXT,
        "项目简介 建设内容 建设内容及规模 主要建设内容 建设规模及内容 项目建设内容 项目概况 "
        "主要建设内容及规模 项目内容 拟投内容 投资内容 项目基本情况 经营范围 建设规模",
    ),
    kept(
        "company",
        "新公司名称",
        Kind.LABEL,
        "新公司名称 项目公司名称 项目公司 注册公司名称 注册公司 落地公司名称 新注册公司名称 "
        "新设公司名称 落地企业名称 公司名称 企业名称",
    ),
    kept(
        "credit_code",
        "统一社会信用代码",
        Kind.CREDIT,
        "统一社会信用代码 社会信用代码 信用代码 企业信用代码 统一信用代码 证照号码",
    ),
    kept(
        "industry",
        "行业",
        Kind.LABEL,
        "行业小类 行业中类 行业大类 所属行业 行业 行业类别 行业分类 产业 产业类别 产业类型 "
        "所属产业 产业链 所属产业链 行业门类",
    ),
    kept("kind", "项目类别", Kind.LABEL, "建设性质 项目类别 项目类型 项目性质 招商类型 投资性质"),
    kept("channel", "项目来源", Kind.LABEL, "项目来源 线索来源 信息来源 招商方式 来源渠道"),
    kept(
        "honour",
        "是否500强",
        Kind.FLAG,
        "是否500强 是否五百强 500强 是否世界500强 500强企业 企业荣誉 是否500强企业 投资方荣誉",
    ),
    kept(
        "total_investment",
        "总投资",
        Kind.MONEY,
        "投资总额 总投资 总投资额 项目总投资 项目总投资额 计划总投资 计划总投资额 协议总投资 "
        "协议投资 协议投资额 协议投资总额 合同投资额 合同总投资 签约金额 签约投资额 投资金额 "
        "投资额 拟投资额 拟投资 拟投资总额 拟总投资 意向投资 意向投资额 计划投资额 投资规模 "
        "估算总投资 预计总投资 预计投资额",
    ),
    kept(
        "fixed_investment",
        "固定资产投资",
        Kind.MONEY,
        "固定资产投资 固定资产投资额 固投金额 固投 固投额 其中固定资产投资 其中:固定资产投资 "
        "计划固定资产投资",
    ),
    kept("registered_capital", "注册资本", Kind.MONEY, "注册资本 注册资金 注册资本金 注册资本额"),
    kept(
        "foreign_contract",
        "合同外资",
        Kind.MONEY,
        "合同外资 合同外资额 合同利用外资 合同利用外资额 外资合同额 外资合同金额",
    ),
    kept(
        "funds_in_place",
        "到位资金",
        Kind.MONEY,
        "当月实际到位额 到位资金 到资金额 实际到位资金 实际到位额 到位资金额 到位额 到资额 "
        "累计到位资金 累计到资 实际到位 资金到位 当年到位资金 当年到位资金情况 本年到位资金",
    ),
    kept(
        "land_area",
        "用地面积",
        Kind.AREA,
        "用地需求 用地面积 用地 占地面积 用地规模 项目用地 拟用地面积 供地面积 土地面积 占地 "
        "用地情况面积 计划用地 需求用地",
    ),
    kept(
        "signed_on",
        "签约日期",
        Kind.DATE,
        "签约日期 签约时间 协议签订时间 合同签订时间 协议签订日期 合同签订日期 签订时间 签订日期 "
        "正式签约时间 正式签约日期 签约实际 实际签约时间 签约",
    ),
    kept(
        "registered_on",
        "注册日期",
        Kind.DATE,
        "注册日期 注册时间 公司注册时间 工商注册时间 企业注册时间 实际注册时间 注册实际",
    ),
    kept(
        "started_on",
        "开工日期",
        Kind.DATE,
        "开工日期 开工时间 实际开工时间 实际开工日期 实际开工时间(发改) 实际开工时间(经信) "
        "开工建设时间 开工实际 实际开工",
    ),
    kept(
        "produced_on",
        "投产日期",
        Kind.DATE,
        "投产日期 投产时间 实际投产时间 投产时间(经信) 竣工投产时间 实际投产日期 投产实际 实际投产",
    ),
    kept(
        "landed_on",
        "落地时间",
        Kind.DATE,
        "落地时间 落地日期 实际落地时间 预计落地时间 拟落地时间 计划落地时间 拟落地日期 预计落地日期",
    ),
    kept(
        "introducer",
        "引进单位",
        Kind.LABEL,
        "引进单位 招引单位 招商引资单位 首谈单位 首报单位 招商主体",
    ),
    kept(
        "lead_unit",
        "责任单位",
        Kind.LABEL,
        "责任单位 牵头单位 牵头责任单位 负责单位 主责单位 责任部门 填报部门 上报部门 填报单位 "
        "上报单位 报送单位 报送部门 承接单位 招商单位 单位名称 单位",
    ),
    kept(
        "location",
        "所在地",
        Kind.LABEL,
        "所在地 落地单位 项目所在地 项目地点 建设地点 建设地址 项目地址 项目选址 选址 选址意向 "
        "落户地 落地地点 落地园区 落地镇街 拟落地区域 拟落户园区 所属园区 所属片区 园区 落户园区 "
        "所属乡镇 落地乡镇 用地情况位置",
    ),
    kept(
        "leader",
        "包联领导",
        Kind.LABEL,
        "包联领导 包保领导 包抓领导 挂包领导 挂点领导 联系领导 责任领导 牵头领导 县级领导 "
        "包联县级领导 县级包联领导 区级责任领导 分管领导 市级领导",
    ),
    kept(
        "responsible",
        "责任人",
        Kind.LABEL,
        "责任人 项目负责人 负责人 具体责任人 包联责任人 项目责任人 服务专员 项目专员",
    ),
    kept(
        "contact",
        "项目联系人",
        Kind.LABEL,
        "项目联系人 项目方联系人 投资方联系人 企业联系人 联系人 客商联系人 联络员",
    ),
    kept(
        "phone",
        "项目联系方式",
        Kind.PHONE,
        "项目联系方式 项目方联系方式 项目联系电话 投资方联系方式 投资方联系电话 联系人电话 "
        "企业联系电话 联系方式 联系电话 电话 手机 手机号 手机号码",
    ),
    kept(
        "progress",
        "进展",
        Kind.TEXT,
        "本月进展 招商进度 项目进展 进展情况 目前进展 工作进展 最新进展 当前进展 项目进展情况 "
        "目前进展情况 洽谈进展 项目进度 形象进度 工作开展情况 进展",
    ),
    kept(
        "problems",
        "存在问题",
        Kind.TEXT,
        "存在问题 存在的问题 存在困难 存在问题及困难 存在困难和问题 问题困难 需协调事项 需协调问题 "
        "需协调解决的问题 需要协调解决的问题 主要问题 困难问题 未达原因 问题",
    ),
    kept("remark", "备注", Kind.TEXT, "备注 备注说明 附注 说明 其他说明"),
    kept(
        "tax",
        "年纳税",
        Kind.MONEY,
        "年纳税总额 年纳税额 年纳税 年税收 预计年税收 预计税收 年均税收 税收 达产税收 达产后年税收",
    ),
    kept(
        "revenue",
        "年营业收入",
        Kind.MONEY,
        "年营业收入 年营收 年销售收入 预计年营业收入 预计年营收 营业收入 预计营收 年营业额",
    ),
    kept(
        "jobs",
        "带动就业",
        Kind.COUNT,
        "带动就业 带动就业人数 就业人数 新增就业 预计就业 吸纳就业 新增就业人数 预计带动就业",
    ),
)

UNDERSTOOD = (
    known("enterprise_type", "企业类型", "企业性质 企业类别 企业性质/类别 公司类型"),
    known("is_headquarters", "是否企业总部", "是否总部 是否总部/研发中心 是否总部企业"),
    known("is_research_centre", "是否为研发中心", "是否研发中心"),
    known("is_function_centre", "是否功能中心"),
    known("function_centre_type", "功能中心类型", "是否功能中心类型"),
    known("is_ai", "是否属于人工智能", "是否人工智能"),
    known("is_new_format", "是否属于新业态", "是否新业态"),
    known("is_signed", "是否为已签约项目", "是否签约 是否已签约"),
    known("event", "签约项目所属活动", "签约活动 所属活动 招商活动"),
    known("is_reported_up", "是否已上报新区", "是否推送省库 是否上报"),
    known("environment", "环境效应", "环境影响"),
    known("plant_area", "厂库房需求", "厂库房 厂房 厂房需求 厂房面积 建筑面积 总建筑面积"),
    known("office_area", "办公楼需求", "办公楼 办公面积 办公需求"),
    known("trade", "年进出口", "年进出口额 进出口额 年进出口总额"),
    known("filled_by", "填报人", "报送人 申报人 填表人 上报人"),
    known("filled_by_phone", "填报人电话", "填报人联系电话 填报人联系方式"),
    known("filled_on", "填报日期", "填报时间 申报时间 报送时间 报送日期 上报时间"),
    known("chinese_investor", "中方投资方", "中方"),
    known("investor_country", "投资国别", "国别 国别(地区) 投资国别(地区) 国家或地区"),
    known("investor_other_country", "其他国别"),
    known("is_foreign", "内外资", "是否外资 是否FDI 内资/外资"),
    known("landing_kind", "落地类别", "落地类型 开工/开业类型"),
    known("paid_in_capital", "注册资本到位额", "实缴资本"),
    known("foreign_in_place", "到位外资", "实际利用外资 实际到位外资 实际使用外资"),
    known("domestic_in_place", "市外境内资金", "省外境内资金 县外境内资金 到位内资"),
    known("contract_capital", "合同引资", "合同引资额 合同资金 引资额"),
    known("referrer", "引荐人", "引荐单位 中介机构"),
    known("district_code", "区级项目编码"),
    known("stage", "项目阶段", "当前阶段 所处阶段 项目状态 推进阶段 阶段"),
    known("lamp", "红黄绿灯", "亮灯 亮灯情况 预警"),
    known("agreement_type", "协议类型", "协议类型(框架/正式) 合同类型 签约类型"),
    known("next_step", "下步打算", "下一步打算 下一步工作 下步工作 下步计划 下一步计划 工作措施"),
    known("expected_signing", "预计签约", "预计签约时间 拟签约时间 计划签约时间 签约计划"),
    known("planned_start", "计划开工时间", "预计开工时间 拟开工时间 开工计划 计划开工 预计开工"),
    known("planned_production", "计划投产时间", "预计投产时间 投产计划 计划投产 拟投产时间"),
    known("planned_completion", "计划竣工时间", "预计竣工时间 竣工计划 计划竣工"),
    known("completed_on", "竣工时间", "实际竣工时间 实际竣工时间(发改) 竣工日期 竣工实际"),
    known("in_statistics_on", "入统时间", "入统时间(经信) 纳统时间 入统 纳统"),
    known("is_in_statistics", "是否入统", "是否入统(发改) 是否纳统 是否已入统"),
    known("is_started", "是否开工", "是否已开工"),
    known("is_registered", "是否已注册", "是否注册"),
    known("construction_years", "建设年限", "建设周期 建设期限 建设起止年限 起止年限"),
    known("year_plan", "年度计划投资", "本年计划投资 年度计划 当年计划投资 年度投资计划"),
    known("month_done", "本月完成", "本月完成投资 当月完成投资"),
    known("total_done", "累计完成", "累计完成投资 累计完成额 本年累计完成投资"),
    known("done_rate", "完成率", "完成率% 完成比例 投资完成率"),
    known("time_rate", "时间进度", "时间进度%"),
    known("output", "年产值", "预计年产值 预计产值 产值 达产产值 年总产值"),
    known("output_and_tax", "预计产值/税收", "预计年产值/年税收"),
    known("energy", "用能/环境容量", "用能 用能需求"),
    known("first_talk", "首次洽谈", "首次洽谈时间 首谈时间"),
    known("last_talk", "最近洽谈", "最近洽谈时间"),
    known("group", "组别", "小组 招商组 专班"),
    known("trip_people", "外出人数", "外出招商人数"),
    known("trip_days", "外出天数", "外出招商天数"),
)
